"""The addresses of other services: their parameters become a canonical request, and the answer is a picture.

`quickchart.py`, `goqr.py` and `google.py` each have a table of their service's parameters; `answer.py` answers.
"""
