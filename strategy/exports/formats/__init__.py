"""The kinds of file an outline becomes; none of them knows what it says."""
