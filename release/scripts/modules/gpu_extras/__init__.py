"""Helpers for drawing with `gpu`."""
