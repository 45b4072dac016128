"""What any room draws its pictures on; whoever imports `sheet` imports Matplotlib."""
