"""How fast Depesche is, beside what else one could have built it on; never part of the product."""
