"""What outlives a process: sessions, runs, their logs, keyframes and results, in SQLite; and logs as files."""
