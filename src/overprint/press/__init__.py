"""What a printer asks of a file: profiles, the finisher that obeys them, and rules on the finished bytes."""
