"""The page at ``/``: its files, and the small pictures on its buttons, which are drawn when first requested."""
