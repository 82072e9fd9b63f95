// The page stands, and takes its second title in the frame that shows it, as the stand's page does.
requestAnimationFrame(() => {
  document.title = "empty · usable";
});
