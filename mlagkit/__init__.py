"""Two Nexus switches that must look like one: their intent, their configurations, the difference between them."""

__version__ = "0.1.0"
