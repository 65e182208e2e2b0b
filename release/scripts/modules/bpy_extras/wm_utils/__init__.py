"""Helpers around the window manager."""
