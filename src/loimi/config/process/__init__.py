"""The process before Django: what is taken in, what is sent out, and how it starts and ends.

Django runs in four threads; nothing here lets a slow visitor hold one of them.
"""
