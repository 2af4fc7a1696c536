"""Tests of the weave."""
