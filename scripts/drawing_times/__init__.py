"""The estimate of drawing times, and the prices that it is made of."""
