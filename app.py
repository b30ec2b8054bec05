"""The whole application as one ASGI app: `streamlit run app.py`, or `uvicorn app:app`."""

import streamlit as st

from strategy import web


def failed(error: Exception) -> bool:
    """Show a sentence with a reference instead of the error."""
    st.error(web.apology(error), icon=":material/error:")
    return True


app = st.App(
    "pages/frame.py",
    lifespan=web.lifespan,
    routes=web.ROUTES,
    middleware=web.MIDDLEWARE,
    on_script_error=failed,
)
