"""MissingNet: one graph of missing children, who and what connects them, and the facts a meeting needs."""

__version__ = "0.1.0"
