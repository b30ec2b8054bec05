"""The least a Streamlit program can show: one word, so that the browser has something to wait for."""

import streamlit as st

st.text("Tom")
