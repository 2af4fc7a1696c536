"""The checks that are our own."""
