"""What an answer is measured by besides its case: citations as ALCE defines them, figures, one answer everywhere."""
