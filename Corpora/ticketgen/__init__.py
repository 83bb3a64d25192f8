"""Writer of the support-ticket corpus: phrases, rows, planted defects, shards."""
