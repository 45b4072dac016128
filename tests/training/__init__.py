"""Tests of the organisations that hold sessions."""
