"""How servers of models really behave, as tables: each row with what the user must see."""
