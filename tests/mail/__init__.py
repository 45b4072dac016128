"""Tests of the outbox and of sending."""
