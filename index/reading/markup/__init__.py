"""HTML as trees and as words, without what a reader of the page would not see."""
