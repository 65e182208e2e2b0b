"""Helpers for add-ons: importing and exporting, adding objects, finding pictures."""
__all__ = ("image_utils", "io_utils", "object_utils")
