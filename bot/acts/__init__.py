"""Acts about one case, asked question by question: what a flow is made of, and the one way in which all are asked."""
