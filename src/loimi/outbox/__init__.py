"""Promises kept: mail, reminders, milestones and long work are rows, done by one worker loop.

A promise is written in the transaction that makes it, and done whatever happens to the process.
"""
