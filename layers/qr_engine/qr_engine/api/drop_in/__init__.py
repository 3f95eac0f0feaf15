"""The addresses of other services: what each takes becomes a canonical request, and a picture is what each answers.

`quickchart.py`, `goqr.py` and `google.py` each have a table of what their service takes; `answer.py` answers.
"""
