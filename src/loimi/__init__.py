"""Loimi: digital mentoring from the call for applicants to the final report."""
