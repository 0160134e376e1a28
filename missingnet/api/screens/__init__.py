"""The pages: each asks named questions as the signed-in reader and hands the answers to a template."""
