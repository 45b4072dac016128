// Sends what waits while another page is read.
import { Sender } from "./offline-send.js";

if ("locks" in navigator) new Sender().send();
