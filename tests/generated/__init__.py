"""Pages made from a seed number, and pages by hand: what the reader must say of them."""
