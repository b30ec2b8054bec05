"""Strategy and action-plan tracker: changes in, snapshots out, pure functions between."""

__version__ = "0.1.0"
