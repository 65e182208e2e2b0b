"""Operators of the program that are written in Python, and bases of such operators."""
