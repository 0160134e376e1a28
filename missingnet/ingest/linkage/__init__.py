"""Suggestions of which records are one person, place, vehicle or telephone (DESIGN §2 'Identity is a fold').

Pure: tables of what was said go in, scored pairs come out. Nothing here joins anything; a person decides.
"""
