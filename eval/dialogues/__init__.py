"""Dialogues as data, a development and a held-out part, and how far the interview gets them right."""
