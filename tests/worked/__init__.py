"""Worked examples of the rules: tiny drawn tables of records, a question, and the rows that must come out.

Each is run on both engines through the real gate, and printed in the manual (`docs/guide/rules`).
"""
