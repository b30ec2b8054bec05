"""The two programs the real one is measured against, run by `streamlit run` with nothing set."""
