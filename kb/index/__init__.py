"""From records to ranked hits: analysis, keyword index, vectors, fusion, and the store on disk."""
