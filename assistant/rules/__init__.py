"""Facts against the rules of a regulation: quantities, three-valued evaluation, findings with their provision."""
