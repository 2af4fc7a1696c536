"""The demo: invented people in a folder of its own, and a way to enter as any of them.

Nothing here is reachable from `serve`: its addresses stand in `demo/urls.py` alone.
"""
