"""How a question reads."""
