"""Decision tables 决策表: rules that decide, say why, and can be read by those who answer for them."""
