"""The district's own keys and certificates 密钥: pure cryptography, and an authority that issues and revokes."""
