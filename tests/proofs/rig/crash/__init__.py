"""Kills under load 负载下的强制结束: the pack that is worked on, who works, who kills, and what is asked at the end."""
