"""What every benchmark stands on: a kept product, an empty page, a visitor, the accounting of processes."""
