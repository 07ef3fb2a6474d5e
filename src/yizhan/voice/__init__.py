"""What people say 互动: ratings of finished cases 好差评 and what is put right after a bad one 整改."""
