"""The content bank: loads entries into core objects, draws their figures and checks them."""
