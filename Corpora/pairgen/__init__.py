"""Writer of the ferry-line corpus: a synthetic and a typed sample, with what tells them apart planted."""
