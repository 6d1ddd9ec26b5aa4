"""The program `depesche`: starts the services and answers an operator's questions."""
