"""What pages and the offline page draw alike: where marks, names and lines stand, whose colour they have, safe HTML.

Pure functions of a record's tables; nothing here knows Streamlit, Plotly or pydeck.
"""
