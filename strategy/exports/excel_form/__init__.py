"""The Excel form that goes out to be filled in and comes back."""
