"""Every rule again, in plain Python over the records themselves: slow, naive, and written from the rulebook's words.

An oracle never touches the graph and shares nothing with a rule's query or its derivation but the records' classes.
"""
