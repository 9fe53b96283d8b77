"""Programs that `benchmarks.reading` runs in processes of their own; not commands for people."""
