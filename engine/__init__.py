"""The playbook engine: declarative processes for people who are not programmers."""

__version__ = "0.1.0"
