"""Decision tables: which rows fire, what falls through or is hit twice."""
