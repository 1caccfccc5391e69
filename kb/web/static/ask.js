// The answer page: copying (copy.js), and the device's own sharing where it has one.
import "./copy.js";

const button = document.querySelector("button[data-share]");
if (button && navigator.share) {
  button.hidden = false;
  button.addEventListener("click", () => {
    // Closing the device's sheet without sharing is no fault.
    navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {});
  });
}
